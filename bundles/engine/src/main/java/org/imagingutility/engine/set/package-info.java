/**
 * Backup sets: whole disks, made of the jobs for single images. {@code BackupJob} makes a set, {@code VerifySetJob} and
 * {@code RestoreSetJob} read it; {@code SetFolder} is the folder it lies in. What the manifest looks like and how partition
 * tables are built is the plug-ins' knowledge.
 */
package org.imagingutility.engine.set;
