package org.imagingutility.serve.webdav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.tck.files.PlainFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files, pages and zip streams, as browsers see them. */
class FilesTest {
    private static final String NAME = "a b%20&#?'\"<b>\u00e9\u6f22.txt";
    private static final String ENCODED = "a%20b%2520%26%23%3F%27%22%3Cb%3E%C3%A9%E6%BC%A2.txt";
    private final byte[] large = new byte[1_000_000];
    private TestVolume volume;
    private TestVolume second;
    private ServerTrial trial;
    private long damaged;
    private long unreadable;
    private long refused;

    @BeforeEach
    void start() throws Exception {
        new Random(3).nextBytes(large);
        PlainFileSystem.Builder files = new PlainFileSystem.Builder();
        int folder = files.directory(0, "folder");
        files.file(0, NAME, "named");
        files.add(0, FileKind.FILE, new byte[] {'x', (byte) 0xFF, (byte) 0xC3}, "stray".getBytes(StandardCharsets.UTF_8));
        files.add(folder, FileKind.FILE, "large", large);
        files.file(folder, "empty", "");
        files.link(0, "to-file", "folder/large");
        files.link(0, "to-folder", "folder");
        files.link(0, "astray", "../../../etc/passwd");
        files.add(0, FileKind.PIPE, "pipe", new byte[0]);
        int bad = files.directory(0, "bad");
        damaged = files.add(bad, FileKind.FILE, "damaged", large);
        unreadable = files.file(bad, "unreadable", "text");
        refused = files.file(bad, "refused", "text");
        volume = new TestVolume(OptionalInt.empty(), files);
        second = new TestVolume(OptionalInt.of(2), new PlainFileSystem.Builder());
        TestVolume third = new TestVolume(OptionalInt.of(3), new PlainFileSystem.Builder());
        third.refusal = "no installed reader knows <it>";
        trial = new ServerTrial(List.of(new ServedImage("image", "image", List.of(volume)),
                new ServedImage("disk <1>", "disk", List.of(second, third))), Optional.empty());
    }

    @AfterEach
    void end() throws Exception {
        trial.close();
        assertThat(volume.open).as("trees that stay open").hasValue(0);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void aFileIsToBeSavedAndNothingOfItRuns() throws Exception {
        for (String path : List.of("/image/folder/large", "/image/to-file", "/image/to-folder/large")) {
            HttpResponse<byte[]> file = trial.get(path);
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.body()).isEqualTo(large);
            assertThat(header(file, "Content-Type")).isEqualTo("application/octet-stream");
            assertThat(header(file, "Content-Disposition")).startsWith("attachment; filename=");
            assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(file, "Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
            assertThat(header(file, "Access-Control-Allow-Origin")).isEmpty();
        }
        HttpResponse<byte[]> head = trial.send("HEAD", "/image/folder/large", "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo("1000000");
        assertThat(head.body()).isEmpty();
        assertThat(trial.get("/image/folder/empty").body()).isEmpty();
        assertThat(trial.get("/image/folder/empty").statusCode()).isEqualTo(200);
    }

    @Test
    void namesOfAnyCharactersAndBytesAreFound() throws Exception {
        HttpResponse<byte[]> file = trial.get("/image/" + ENCODED);
        assertThat(new String(file.body(), StandardCharsets.UTF_8)).isEqualTo("named");
        assertThat(header(file, "Content-Disposition")).contains("filename=\"a b_20&#?'_<b>__.txt\"")
                .endsWith("filename*=UTF-8''" + ENCODED);
        assertThat(trial.text("/image/x%FF%C3")).isEqualTo("stray");
    }

    @Test
    void rangesAreThoseOfTheFile() throws Exception {
        String etag = header(trial.get("/image/folder/large"), "ETag");
        for (Object[] each : new Object[][] {{"bytes=0-0", 0, 1}, {"bytes=999999-", 999_999, 1}, {"bytes=-300000", 700_000, 300_000},
            {"bytes=100-2000000", 100, 999_900}, {"bytes=-2000000", 0, 1_000_000}, {"bytes=131071-131073", 131_071, 3}}) {
            HttpResponse<byte[]> part = trial.get("/image/folder/large", "Range", (String) each[0], "If-Range", etag);
            int first = (int) each[1];
            int length = (int) each[2];
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(large, first, first + length));
            assertThat(header(part, "Content-Range")).isEqualTo("bytes " + first + "-" + (first + length - 1) + "/1000000");
        }
        HttpResponse<byte[]> outside = trial.get("/image/folder/large", "Range", "bytes=1000000-");
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(header(outside, "Content-Range")).isEqualTo("bytes */1000000");
        for (String whole : List.of("bytes=", "bytes=x-y", "lines=1-2", "bytes=5-1", "bytes=0-,0-,0-", "bytes=" + "0-0,".repeat(40) + "0-0")) {
            assertThat(trial.get("/image/folder/large", "Range", whole).statusCode()).as(whole).isEqualTo(200);
        }
        assertThat(trial.get("/image/folder/large", "Range", "bytes=0-0", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> several = trial.get("/image/folder/large", "Range", "bytes=0-1,500000-500002");
        String boundary = header(several, "Content-Type").replace("multipart/byteranges; boundary=", "");
        String head = "Content-Type: application/octet-stream\r\nContent-Range: bytes ";
        String latin = "\r\n--" + boundary + "\r\n" + head + "0-1/1000000\r\n\r\n" + latin(0, 2) + "\r\n--" + boundary + "\r\n" + head
                + "500000-500002/1000000\r\n\r\n" + latin(500_000, 3) + "\r\n--" + boundary + "--\r\n";
        assertThat(several.statusCode()).isEqualTo(206);
        assertThat(new String(several.body(), StandardCharsets.ISO_8859_1)).isEqualTo(latin);
    }

    private String latin(int first, int length) {
        return new String(large, first, length, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatAClientHasAlreadyIsNotSentAgain() throws Exception {
        HttpResponse<byte[]> file = trial.get("/image/folder/large");
        String etag = header(file, "ETag");
        String date = header(file, "Last-Modified");
        assertThat(trial.get("/image/folder/large", "If-None-Match", "\"a\", W/" + etag).statusCode()).isEqualTo(304);
        assertThat(trial.get("/image/folder/large", "If-None-Match", "*").statusCode()).isEqualTo(304);
        assertThat(trial.get("/image/folder/large", "If-Modified-Since", date).statusCode()).isEqualTo(304);
        assertThat(trial.get("/image/folder/large", "If-None-Match", "\"a\"", "If-Modified-Since", date).statusCode()).isEqualTo(200);
        assertThat(trial.get("/image/folder/large", "If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT").statusCode()).isEqualTo(200);
        assertThat(trial.get("/image/folder/large", "If-Modified-Since", "nonsense").statusCode()).isEqualTo(200);
        assertThat(trial.get("/image/folder/large", "If-Match", "\"a\"").statusCode()).isEqualTo(412);
        assertThat(trial.get("/image/folder/large", "If-Match", etag).statusCode()).isEqualTo(200);
        assertThat(trial.get("/image/folder/large", "If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT").statusCode()).isEqualTo(412);
        assertThat(header(trial.get("/image/folder/empty"), "ETag")).isNotEqualTo(etag);
    }

    @Test
    void whatBreaksOffIsNotTakenForWhole() throws Exception {
        volume.damaged.add(damaged);
        volume.unreadable.add(unreadable);
        volume.refused.add(refused);
        assertThatThrownBy(() -> trial.get("/image/bad/damaged")).isInstanceOf(IOException.class);
        assertThat(trial.get("/image/bad/damaged", "Range", "bytes=0-99999").body()).hasSize(100_000);
        HttpResponse<byte[]> nothing = trial.get("/image/bad/unreadable");
        assertThat(nothing.statusCode()).isEqualTo(500);
        assertThat(new String(nothing.body(), StandardCharsets.UTF_8)).contains("a frame is damaged");
        HttpResponse<byte[]> secret = trial.get("/image/bad/refused");
        assertThat(secret.statusCode()).isEqualTo(403);
        assertThat(header(secret, "Content-Type")).startsWith("text/plain");
        assertThat(new String(secret.body(), StandardCharsets.UTF_8)).contains("is encrypted <here>");
        assertThat(trial.logged).anyMatch(line -> line.contains("/image/bad/damaged"));
    }

    @Test
    void aPageListsAFolderAndRunsNothing() throws Exception {
        HttpResponse<byte[]> page = trial.get("/image/");
        String html = new String(page.body(), StandardCharsets.UTF_8);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Content-Security-Policy")).startsWith("default-src 'none'; style-src 'sha256-").doesNotContain("unsafe");
        assertThat(html).contains("<a href=\"" + ENCODED + "\">a b%20&amp;#?&#39;&quot;&lt;b&gt;\u00e9\u6f22.txt</a>")
                .contains("<a href=\"x%FF%C3\">x\\xFF\\xC3</a>").contains("<a href=\"folder/\">folder/</a>")
                .contains("\u2192 ../../../etc/passwd").contains("plain &quot;&lt;label&gt;&quot;").contains("pipe")
                .doesNotContain("<b>").doesNotContain("<script").doesNotContain("href=\"astray").doesNotContain("href=\"pipe");
        assertThat(html.indexOf("folder/</a>")).isLessThan(html.indexOf("to-file</a>"));
        String bySize = trial.text("/image/folder/?sort=size&order=desc");
        assertThat(bySize.indexOf("large</a>")).isLessThan(bySize.indexOf("empty</a>"));
        assertThat(bySize).contains("977 KiB").contains("1,000,000").contains("aria-sort=\"descending\"");
        HttpResponse<byte[]> moved = trial.get("/image/folder?zip");
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(header(moved, "Location")).isEqualTo("/image/folder/?zip");
        assertThat(trial.get("/image/folder/large/").statusCode()).isEqualTo(404);
    }

    @Test
    void allImagesAreListedAndWhyPartitionsCannotBeRead() throws Exception {
        for (String path : List.of("/", "/disk%20%3C1%3E/")) {
            assertThat(trial.text(path)).contains("href=\"/disk%20%3C1%3E/2/\"").contains("no installed reader knows &lt;it&gt;")
                    .doesNotContain("href=\"/disk%20%3C1%3E/3/\"");
        }
        assertThat(trial.text("/")).contains("href=\"/image/\"");
        assertThat(trial.get("/disk%20%3C1%3E/3/").statusCode()).isEqualTo(403);
        assertThat(trial.get("/disk%20%3C1%3E/2/").statusCode()).isEqualTo(200);
        assertThat(trial.get("/other/").statusCode()).isEqualTo(404);
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void aFolderIsAZipThatSaysWhatIsMissing() throws Exception {
        HttpResponse<byte[]> response = trial.get("/image/folder/?zip");
        assertThat(header(response, "Content-Disposition")).contains("folder.zip");
        Map<String, byte[]> folder = unzipped(response.body());
        assertThat(folder).containsOnlyKeys("large", "empty");
        assertThat(folder.get("large")).isEqualTo(large);
        volume.unreadable.add(unreadable);
        volume.refused.add(refused);
        Map<String, byte[]> all = unzipped(trial.get("/image/?zip").body());
        assertThat(all).containsOnlyKeys("folder/", "folder/large", "folder/empty", NAME, "x%FF%C3", "bad/", "bad/damaged",
                "INCOMPLETE - what is missing.txt");
        assertThat(new String(all.get("INCOMPLETE - what is missing.txt"), StandardCharsets.UTF_8)).contains("/bad/unreadable is missing")
                .contains("/bad/refused is missing").contains("/to-folder is a link to folder").contains("/pipe is no file");
        volume.damaged.add(damaged);
        assertThatThrownBy(() -> trial.get("/image/?zip")).isInstanceOf(IOException.class);
    }
}
