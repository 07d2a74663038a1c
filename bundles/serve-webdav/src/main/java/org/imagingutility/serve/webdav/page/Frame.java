package org.imagingutility.serve.webdav.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.imagingutility.serve.webdav.http.Exchange;
import org.imagingutility.serve.webdav.http.PathText;

/** What all pages have around their table: head, style, the names that lead there. Nothing of a page is loaded from anywhere, and nothing runs. */
final class Frame {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1d2530;--dim:#6b7684;--line:#e3e8ee;--back:#fff;--band:#f6f8fa;--link:#0b5cad;--bad:#b3261e}
            @media (prefers-color-scheme:dark){:root{--ink:#dfe6ee;--dim:#8f9bab;--line:#2b333d;--back:#14181d;--band:#1b2027;--link:#79b8ff;--bad:#ff8a80}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--back);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
            header{background:var(--band);border-bottom:1px solid var(--line);padding:14px 24px}
            main,footer{padding:0 24px}
            nav{font-size:17px;font-weight:600;overflow-wrap:anywhere}
            nav span{color:var(--dim);font-weight:400;padding:0 6px}
            .about{color:var(--dim);font-size:13px;margin-top:2px;overflow-wrap:anywhere}
            a{color:var(--link);text-decoration:none}
            a:hover{text-decoration:underline}
            .zip{float:right;border:1px solid var(--line);border-radius:6px;padding:5px 12px;background:var(--back);font-size:14px}
            table{border-collapse:collapse;width:100%;margin:12px 0}
            th{position:sticky;top:0;background:var(--back);text-align:left;font-size:13px;font-weight:600;border-bottom:1px solid var(--line)}
            th,td{padding:6px 24px 6px 0;vertical-align:baseline}
            th:last-child,td:last-child{padding-right:4px}
            td{border-bottom:1px solid var(--line)}
            tr:hover td{background:var(--band)}
            th a{color:var(--dim)}
            th[aria-sort] a{color:var(--ink)}
            .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
            .t{white-space:nowrap;font-variant-numeric:tabular-nums;color:var(--dim)}
            .exact,.note{color:var(--dim);font-size:13px}
            .bad{color:var(--bad)}
            .name{overflow-wrap:anywhere;padding-left:30px;position:relative}
            .name::before{content:"";position:absolute;left:5px;top:8px;width:13px;height:15px;border:1.5px solid var(--dim);border-radius:2px}
            .dir::before{left:3px;width:17px;height:12px;top:11px;background:#e9b949;border-color:#c9962a;border-radius:2px 4px 3px 3px}
            .disk::before{left:3px;width:17px;height:12px;top:11px;background:var(--line);border-radius:3px;border-bottom-width:4px}
            .link::before{border-style:dashed}
            .part{padding-left:58px;white-space:nowrap}
            .part::before{left:31px}
            footer{color:var(--dim);font-size:13px;padding-bottom:24px}
            @media (max-width:640px){.exact{display:none}main,footer{padding:0 12px}header{padding:12px}}
            """;
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Frame() {
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            // each Java has to have it
            throw new IllegalStateException(e);
        }
    }

    /** Sets the headers of a page. */
    static void headers(Exchange exchange) {
        exchange.set("Content-Type", "text/html; charset=utf-8");
        exchange.set("Content-Security-Policy", POLICY);
        exchange.set("Cache-Control", "private, no-cache");
    }

    /**
     * Returns what comes before the table.
     *
     * @param names the names that lead here; none for the folder of all images
     * @param about a line about it
     * @param zip whether it can be had as a zip file
     */
    static String begin(List<String> names, String about, boolean zip) {
        StringBuilder html = new StringBuilder(STYLE.length() + 1024);
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(names.isEmpty() ? "Images" : Html.text(names.get(names.size() - 1)))
                .append("</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>").append(STYLE)
                .append("</style></head>\n<body><header>");
        if (zip) {
            html.append("<a class=\"zip\" href=\"?zip\">Download as zip</a>");
        }
        html.append("<nav aria-label=\"Path\"><a href=\"/\">Images</a>");
        List<String> above = new ArrayList<>();
        for (String name : names) {
            above.add(name);
            html.append("<span>/</span><a href=\"").append(PathText.path(above, true)).append("\">").append(Html.text(name)).append("</a>");
        }
        return html.append("</nav><div class=\"about\">").append(Html.text(about)).append("</div></header>\n<main>").toString();
    }

    /** Returns what comes behind the table; {@code summary} is text. */
    static String end(String summary) {
        return "</main>\n<footer>" + Html.text(summary) + "</footer></body></html>\n";
    }
}
