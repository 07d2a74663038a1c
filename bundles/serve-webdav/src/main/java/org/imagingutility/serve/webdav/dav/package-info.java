/** Properties for WebDAV clients: PROPFIND. */
package org.imagingutility.serve.webdav.dav;
