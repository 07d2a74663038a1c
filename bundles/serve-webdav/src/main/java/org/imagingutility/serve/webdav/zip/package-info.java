/** Directories as zip streams. */
package org.imagingutility.serve.webdav.zip;
