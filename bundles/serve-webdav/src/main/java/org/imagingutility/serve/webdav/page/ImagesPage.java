package org.imagingutility.serve.webdav.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.api.serve.ServedVolume;
import org.imagingutility.serve.webdav.http.Exchange;
import org.imagingutility.serve.webdav.http.LateBody;
import org.imagingutility.serve.webdav.http.PathText;
import org.imagingutility.serve.webdav.tree.Site;

/** All images, or the partitions of one, as a page: what file system is on each, or why its files cannot be had. */
public final class ImagesPage {
    private static final int OK = 200;
    private static final String HEADS = "<table><thead><tr><th>Name</th><th>What it is</th><th class=\"n\">Size</th><th class=\"n exact\">Bytes</th>"
            + "</tr></thead><tbody>\n";

    private ImagesPage() {
    }

    /** Answers with the page of all images, each with its partitions. */
    public static void ofAll(Exchange exchange, List<ServedImage> images) throws IOException {
        StringBuilder html = new StringBuilder(Frame.begin(List.of(), "Files of images \u00b7 read-only", false)).append(HEADS);
        for (ServedImage image : images) {
            if (image.isDisk()) {
                html.append("<tr><td class=\"name disk\">").append(link(List.of(image.name()), image.name())).append("</td><td class=\"note\">disk</td>")
                        .append(Html.noSize()).append("</tr>\n");
                image.volumes().forEach(volume -> html.append(row(image, volume, "name dir part")));
            } else {
                html.append(row(image, image.volumes().get(0), "name disk"));
            }
        }
        send(exchange, html, images.size() == 1 ? "1 image" : images.size() + " images");
    }

    /** Answers with the page of a disk. */
    public static void ofDisk(Exchange exchange, ServedImage image) throws IOException {
        StringBuilder html = new StringBuilder(Frame.begin(List.of(image.name()), "Partitions of a disk \u00b7 read-only", false)).append(HEADS);
        image.volumes().forEach(volume -> html.append(row(image, volume, "name dir")));
        int count = image.volumes().size();
        send(exchange, html, count == 1 ? "1 partition" : count + " partitions");
    }

    private static void send(Exchange exchange, StringBuilder html, String summary) throws IOException {
        Frame.headers(exchange);
        LateBody body = new LateBody(exchange, OK);
        body.write(html.append("</tbody></table>").append(Frame.end(summary)).toString().getBytes(StandardCharsets.UTF_8));
        body.end();
    }

    private static String link(List<String> names, String text) {
        return "<a href=\"" + PathText.path(names, true) + "\">" + Html.text(text) + "/</a>";
    }

    private static String row(ServedImage image, ServedVolume volume, String shape) {
        boolean partition = volume.partition().isPresent();
        String text = partition ? "Partition " + Site.nameOf(volume) : image.name();
        List<String> names = partition ? List.of(image.name(), Site.nameOf(volume)) : List.of(image.name());
        String name = volume.refusal().isEmpty() ? link(names, text) : Html.text(text);
        String reason = volume.refusal().map(why -> "<div class=\"bad\">" + Html.text(why) + "</div>").orElse("");
        return "<tr><td class=\"" + (volume.refusal().isEmpty() ? shape : shape + " link") + "\">" + name + "</td><td>"
                + Html.text(volume.description()) + reason + "</td>" + Html.size(volume.length()) + "</tr>\n";
    }
}
