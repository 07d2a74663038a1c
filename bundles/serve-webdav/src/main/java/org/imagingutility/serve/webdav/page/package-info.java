/** Directories as pages for browsers. */
package org.imagingutility.serve.webdav.page;
