package org.imagingutility.engine.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;

/**
 * A map file as GNU ddrescue writes it: which ranges of a device were read. Comment lines begin with {@code #}; the first
 * other line is the status of the run ({@code POSITION STATUS [PASS]}); each line after it is a block ({@code POSITION SIZE
 * STATUS}), one where the last one ends. Numbers are decimal, octal with {@code 0} or hexadecimal with {@code 0x}. Status
 * {@code +} means finished (see "Mapfile structure" in the manual of GNU ddrescue).
 */
public final class BadMapFile {
    /** Most blocks of a map: 100 MiB of text. */
    static final int MAX_BLOCKS = 5_000_000;
    private static final int MAX_LINE = 1000;
    private static final String BLOCK_STATUSES = "?*/-+";

    private final ExtentList finished;
    private final long end;

    private BadMapFile(ExtentList finished, long end) {
        this.finished = finished;
        this.end = end;
    }

    /**
     * Reads the map file {@code path}.
     *
     * @throws UsageException if it cannot be read or is none, with the number of the line
     */
    public static BadMapFile read(String path) throws UsageException {
        try (BufferedReader lines = Files.newBufferedReader(FilePaths.of(path), StandardCharsets.ISO_8859_1)) {
            return new Parser(path).parse(lines);
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("the map of bad ranges \"" + path + "\" cannot be read: " + e.getMessage(), null);
        }
    }

    /** Returns where the last block ends, in bytes of device. */
    public long end() {
        return end;
    }

    /** Returns what of a device of {@code length} bytes the map does not call finished; what it leaves out is not. */
    public ExtentList notFinished(long length) {
        ExtentList.Builder others = new ExtentList.Builder();
        long covered = 0;
        for (int i = 0; i < finished.count() && covered < length; i++) {
            if (finished.offset(i) > covered) {
                others.add(covered, Math.min(length, finished.offset(i)) - covered);
            }
            covered = finished.end(i);
        }
        if (covered < length) {
            others.add(covered, length - covered);
        }
        return others.build();
    }

    /** The state of reading a map file. */
    private static final class Parser {
        private final String path;
        private final ExtentList.Builder finished = new ExtentList.Builder();
        private int lineNumber;
        private int blocks;
        private long end;

        Parser(String path) {
            this.path = path;
        }

        BadMapFile parse(BufferedReader lines) throws IOException, UsageException {
            boolean status = false;
            for (String line = next(lines); line != null; line = next(lines)) {
                List<String> words = words(line);
                if (words.isEmpty()) {
                    continue;
                }
                if (status) {
                    block(words);
                } else {
                    status(words);
                    status = true;
                }
            }
            if (blocks == 0) {
                throw refused(status ? "there is no block" : "there is no status line");
            }
            return new BadMapFile(finished.build(), end);
        }

        /** Reads a line, but no longer one than a map can have. */
        private String next(BufferedReader lines) throws IOException, UsageException {
            lineNumber++;
            StringBuilder line = new StringBuilder();
            int c = lines.read();
            if (c < 0) {
                return null;
            }
            boolean comment = c == '#';
            for (; c >= 0 && c != '\n'; c = lines.read()) {
                if (!comment) {
                    line.append((char) c);
                }
                if (line.length() > MAX_LINE) {
                    throw refused("the line is longer than " + MAX_LINE + " characters");
                }
            }
            return line.toString();
        }

        /** Splits a line at blanks, up to a comment. */
        private List<String> words(String line) {
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            return text.isEmpty() ? List.of() : new ArrayList<>(List.of(text.split("[ \\t]+")));
        }

        private void status(List<String> words) throws UsageException {
            if (words.size() < 2 || words.size() > 3 || words.get(1).length() != 1) {
                throw refused("expected the status of the run: a position, a status character, a pass");
            }
            number(words.get(0));
        }

        private void block(List<String> words) throws UsageException {
            if (words.size() != 3 || words.get(2).length() != 1 || BLOCK_STATUSES.indexOf(words.get(2).charAt(0)) < 0) {
                throw refused("expected a block: a position, a size, and one of the characters " + BLOCK_STATUSES);
            }
            long position = number(words.get(0));
            long size = number(words.get(1));
            if (size == 0 || position > Long.MAX_VALUE - size) {
                throw refused("a block of " + size + " bytes at " + position + " cannot be");
            }
            if (blocks > 0 && position != end) {
                throw refused("the block begins at byte " + position + ", the last one ends at byte " + end);
            }
            if (++blocks > MAX_BLOCKS) {
                throw refused("there are more than " + MAX_BLOCKS + " blocks");
            }
            if (words.get(2).equals("+")) {
                finished.add(position, size);
            }
            end = position + size;
        }

        private long number(String word) throws UsageException {
            try {
                return Character.isDigit(word.charAt(0)) ? decode(word) : fail(word);
            } catch (NumberFormatException e) {
                return fail(word);
            }
        }

        private static long decode(String word) {
            if (word.startsWith("0x") || word.startsWith("0X")) {
                String digits = word.substring(2);
                if (digits.startsWith("-") || digits.startsWith("+")) {
                    throw new NumberFormatException(word);
                }
                return Long.parseLong(digits, 16);
            }
            return Long.parseLong(word, word.length() > 1 && word.charAt(0) == '0' ? 8 : 10);
        }

        private long fail(String word) throws UsageException {
            throw refused("\"" + (word.length() > 40 ? word.substring(0, 40) + "..." : word)
                    + "\" is no number from 0 to 2^63-1");
        }

        private UsageException refused(String reason) {
            return new UsageException("the map of bad ranges \"" + path + "\", line " + lineNumber + ": " + reason,
                    "give a map file that GNU ddrescue or \"imaging info --bad-map-out\" wrote");
        }
    }
}
