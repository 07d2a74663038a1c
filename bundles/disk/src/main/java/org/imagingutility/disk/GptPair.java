package org.imagingutility.disk;

/**
 * What is found where a GPT would be.
 *
 * @param sectorSize bytes of the sectors it would count in
 * @param primary the copy at the beginning of the disk
 * @param backup the one at the end
 */
record GptPair(int sectorSize, GptCopy primary, GptCopy backup) {
}
