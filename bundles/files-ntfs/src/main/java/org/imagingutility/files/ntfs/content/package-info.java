/** The bytes of attributes, however they are stored: in the record, in clusters, with holes, compressed. */
package org.imagingutility.files.ntfs.content;
