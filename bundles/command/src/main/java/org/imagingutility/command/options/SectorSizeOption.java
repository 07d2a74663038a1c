package org.imagingutility.command.options;

import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In which sectors the partition table of a disk counts. */
public final class SectorSizeOption {
    @Option(names = "--sector-size", order = 15, paramLabel = "512|4096", converter = SectorSize.class,
            description = "Bytes of the sectors the partition table counts in. If left out, table, device, or what lies on the "
                    + "partitions tells.")
    private Integer sectorSize;

    /** Returns it, empty if nothing was asked for. */
    public OptionalInt value() {
        return sectorSize == null ? OptionalInt.empty() : OptionalInt.of(sectorSize);
    }

    /** Takes what partition tables count in. */
    static final class SectorSize implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return switch (text) {
                case "512" -> 512;
                case "4096" -> 4096;
                default -> throw new TypeConversionException("\"" + text + "\" is not 512 or 4096, in which partition tables count");
            };
        }
    }
}
