/**
 * Places for objects: plug-ins for folders, servers and object stores that keep many runs of bytes, each under a key. Repositories of images
 * are kept in them. An object is put as a whole and never changed; what a place cannot do, it declares
 * ({@link org.imagingutility.api.blobs.BlobTraits}), and why something failed is one of a few reasons
 * ({@link org.imagingutility.api.error.BlobException.Reason}).
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.blobs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
