/**
 * Virtual disks, written from the published specifications in one pass and in bounded memory: blocks are given out in the
 * order of the disk, tables are written page by page, and what holds zeros is not stored.
 */
package org.imagingutility.export.disk;
