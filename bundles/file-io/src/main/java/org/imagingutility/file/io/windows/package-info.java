/**
 * What Java does not ask of Windows about files, by JNA: which file stands under a name, reads past the cache, and the words of
 * errors. Nothing here is used on other systems. Structures and numbers are those of the Windows SDK (fileapi.h, winbase.h,
 * minwinbase.h, winerror.h).
 */
package org.imagingutility.file.io.windows;
