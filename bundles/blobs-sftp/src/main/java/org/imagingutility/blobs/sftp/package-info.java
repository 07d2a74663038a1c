/**
 * Objects as files below a folder of a server, by the SSH File Transfer Protocol ({@code draft-ietf-secsh-filexfer-02} for version 3, which
 * OpenSSH speaks, up to {@code -13} for version 6; extensions by OpenSSH's {@code PROTOCOL}). The parts of a key are the names of folders and
 * of the file, as in folders of this machine.
 *
 * <p>A put writes {@code .N.put} into the folder of the object, where <i>N</i> is random, has it forced ({@code fsync@openssh.com}, where the
 * server has it), and gives it its name by a hard link ({@code hardlink@openssh.com}, or {@code SSH_FXP_LINK} of version 6), which fails if
 * the name is taken; then the first name is taken away. Without links the file is renamed, which must not replace what is there either, but
 * servers other than OpenSSH look first and rename then. {@code posix-rename@openssh.com} replaces, and is never used. Nothing forces a folder
 * by SFTP: a server that loses its power may lose the newest names.
 *
 * <p>All requests of a place go through one connection, many at once. It is made when it is needed, and again after it broke; what was on its
 * way then fails with what may pass. Each step has a time of its own, {@code sftp.timeout}; one that takes longer ends the connection.
 */
package org.imagingutility.blobs.sftp;
