/**
 * Backup sets: whole disks, made of the jobs for single images. {@code backup} makes a set, {@code check} finds out whether what a set
 * holds is what its manifest says, {@code restore} writes it back, and {@code file} has the folder and the files of a set. What the
 * manifest looks like and how partition tables are built is the plug-ins' knowledge.
 */
package org.imagingutility.engine.set;
