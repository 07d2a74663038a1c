/** What the path of a request names: the images, their partitions, their files. */
package org.imagingutility.serve.webdav.tree;
