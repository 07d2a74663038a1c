package org.imagingutility.format.skz.read;

import java.util.Optional;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;

import org.imagingutility.format.skz.file.OpenImage;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexSlot;

/**
 * Whether a common tool restores an image.
 *
 * @param command the command, if one does
 * @param obstacle why none does; empty if one does
 */
record StockRestore(Optional<String> command, String obstacle) {

    /** Finds out the reason that holds. */
    static StockRestore of(OpenImage image) throws ImagingException {
        int wireId = image.header().spec().codecWireId();
        String codec = image.header().spec().codecName();
        Optional<String> command;
        try {
            CodecTraits traits = image.codecs().byWireId(wireId, Header.neededBy(image.header().spec(), image.in().image(),
                    wireId)).traits();
            command = traits.stockCommand();
        } catch (PluginMissingException e) {
            // only the codec knows the command; the image can be looked at without it
            return none("codec " + codec + " is not installed, which would know the command");
        }
        if (command.isEmpty()) {
            return none("no common tool reads images of codec " + codec);
        }
        for (IndexSlot slot : image.slots()) {
            if (slot.chunk().codecWireId() != wireId) {
                return none("parts of the image have another codec than " + codec);
            }
        }
        if (!image.header().gapsWritten()) {
            return none("free ranges are left out: written as zeros they would take more room in the file than is spent on them");
        }
        return new StockRestore(command, "");
    }

    private static StockRestore none(String obstacle) {
        return new StockRestore(Optional.empty(), obstacle);
    }
}
