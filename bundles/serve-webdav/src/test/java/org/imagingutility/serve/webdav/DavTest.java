package org.imagingutility.serve.webdav;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.tck.files.PlainFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What WebDAV clients ask for. */
class DavTest {
    private ServerTrial trial;
    private TestVolume volume;

    @BeforeEach
    void start() throws Exception {
        PlainFileSystem.Builder files = new PlainFileSystem.Builder();
        int folder = files.directory(0, "a & b");
        files.file(folder, "file", "content");
        files.file(0, "\u0001<x>", "content");
        files.link(0, "link", "a & b/file");
        files.link(0, "folder-link", "a & b");
        files.add(0, FileKind.SOCKET, "socket", new byte[0]);
        volume = new TestVolume(OptionalInt.empty(), files);
        trial = new ServerTrial(List.of(new ServedImage("i", "i", List.of(volume))), Optional.empty());
    }

    @AfterEach
    void end() throws Exception {
        trial.close();
        assertThat(volume.open).hasValue(0);
    }

    @Test
    void aCollectionAndItsMembersAreTold() throws Exception {
        String root = trial.propfind("/", "1", "");
        assertThat(root).startsWith("207 ").contains("<D:href>/</D:href>").contains("<D:href>/i/</D:href>");
        String all = trial.propfind("/i/", "1", "");
        assertThat(all).contains("<D:href>/i/a%20%26%20b/</D:href>").contains("<D:collection").contains("<D:href>/i/%01%3Cx%3E</D:href>")
                .contains("<D:displayname>\ufffd&lt;x&gt;</D:displayname>").contains("<D:href>/i/link</D:href>")
                .doesNotContain("folder-link").doesNotContain("socket");
        String file = trial.propfind("/i/a%20%26%20b/file", "0", "");
        assertThat(file).contains("<D:getcontentlength>7</D:getcontentlength>").contains("<D:getlastmodified>Sun, 13 Sep 2020 12:26:41 GMT")
                .contains("<D:getetag>\"").doesNotContain("collection");
        HttpResponse<byte[]> got = trial.get("/i/a%20%26%20b/file");
        assertThat(file).contains(got.headers().firstValue("ETag").orElseThrow());
        assertThat(trial.propfind("/i/a%20%26%20b", "0", "")).contains("<D:href>/i/a%20%26%20b/</D:href>");
        assertThat(trial.propfind("/i/none", "0", "")).startsWith("404");
        assertThat(trial.propfind("/i/", "0", "")).doesNotContain("link");
    }

    @Test
    void namedPropertiesAreGivenOrNotThere() throws Exception {
        String some = trial.propfind("/i/a%20%26%20b/file", "0", "<?xml version='1.0'?><propfind xmlns='DAV:'><prop><getcontentlength/>"
                + "<quota-used-bytes/><z:own xmlns:z='urn:z'/></prop></propfind>");
        assertThat(some).contains("<D:getcontentlength>7<").contains("200 OK").contains("<D:quota-used-bytes").contains("own xmlns:x=\"urn:z\"")
                .contains("404 Not Found").doesNotContain("displayname");
        String names = trial.propfind("/i/a%20%26%20b/file", "0", "<propfind xmlns='DAV:'><propname/></propfind>");
        assertThat(names).contains("<D:getcontentlength/>").doesNotContain(">7<");
    }

    @Test
    void infiniteDepthAndNonsenseAreRefused() throws Exception {
        HttpResponse<byte[]> all = trial.send("PROPFIND", "/i/", "");
        assertThat(all.statusCode()).isEqualTo(403);
        assertThat(new String(all.body(), StandardCharsets.UTF_8)).contains("<D:propfind-finite-depth/>");
        for (String body : List.of("no xml", "<propfind/>", "<a xmlns='DAV:'><prop/></a>", "<propfind xmlns='DAV:'><allprop/><prop/></propfind>",
                "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><propfind xmlns='DAV:'><prop>&b;</prop></propfind>",
                "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><propfind xmlns='DAV:'><allprop/></propfind>",
                "<propfind xmlns='DAV:'>" + "<x>".repeat(5000) + "</x>".repeat(5000) + "</propfind>")) {
            assertThat(trial.propfind("/i/", "0", body)).as(body).startsWith("400 ");
        }
        assertThat(trial.propfind("/i/", "0", "<propfind xmlns='DAV:'><prop>" + "<x/>".repeat(1000) + "</prop></propfind>")).startsWith("413");
        assertThat(trial.propfind("/i/", "0", " ".repeat(70_000))).startsWith("413");
    }

    @Test
    void nothingIsWritten() throws Exception {
        HttpResponse<byte[]> options = trial.send("OPTIONS", "/i/", "");
        assertThat(options.headers().firstValue("DAV")).contains("1");
        assertThat(options.headers().firstValue("Allow")).contains("OPTIONS, GET, HEAD, PROPFIND");
        for (String method : List.of("PUT", "DELETE", "MKCOL", "LOCK", "UNLOCK", "MOVE", "COPY", "PROPPATCH", "POST", "PATCH", "NONSENSE")) {
            HttpResponse<byte[]> refused = trial.send(method, "/i/a%20%26%20b/file", "text");
            assertThat(refused.statusCode()).as(method).isEqualTo(405);
            assertThat(refused.headers().firstValue("Allow")).contains("OPTIONS, GET, HEAD, PROPFIND");
        }
        assertThat(trial.text("/i/a%20%26%20b/file")).isEqualTo("content");
    }
}
