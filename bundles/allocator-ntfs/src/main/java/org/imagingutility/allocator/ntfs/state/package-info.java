/** Where on the volume it shows that it was changed in between. */
package org.imagingutility.allocator.ntfs.state;
