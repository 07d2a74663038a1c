package org.imagingutility.shell.interactive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.felix.service.command.CommandSession;
import org.imagingutility.api.shell.Completion;
import org.imagingutility.shell.command.CommandNames;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Completes a line: the command's name, and what follows it as the command's own set says; numbers of bundles, else files. */
final class LineCompleter implements Completer {
    private static final Set<String> OF_BUNDLES = Set.of("start", "stop", "update", "refresh", "uninstall", "resolve", "headers",
            "inspect", "bundlelevel", "which");
    private final BundleContext context;
    private final Function<List<String>, List<Completion>> commands;
    private final CommandSession session;
    private final Completer files = new FileNameCompleter();

    /** Creates a completer; {@code commands} completes the words of a command that belongs to a set, and gives null for others. */
    LineCompleter(BundleContext context, Function<List<String>, List<Completion>> commands, CommandSession session) {
        this.context = context;
        this.commands = commands;
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            CommandNames.plain(session).forEach(name -> candidates.add(new Candidate(name)));
            return;
        }
        String command = line.words().get(0).replaceFirst("^imaging:", "");
        List<String> words = new ArrayList<>(line.words().subList(0, line.wordIndex()));
        words.set(0, command);
        words.add(line.word().substring(0, Math.min(line.wordCursor(), line.word().length())));
        List<Completion> completions = commands.apply(words);
        if (completions != null) {
            completions.forEach(completion -> candidates.add(candidate(completion)));
        } else if (OF_BUNDLES.contains(command.replaceFirst("^felix:", ""))) {
            for (Bundle bundle : context.getBundles()) {
                String id = Long.toString(bundle.getBundleId());
                candidates.add(new Candidate(id, id, null, bundle.getSymbolicName() + " " + bundle.getVersion(), null, null, true));
                if (bundle.getSymbolicName() != null) {
                    candidates.add(new Candidate(bundle.getSymbolicName(), bundle.getSymbolicName(), null,
                            bundle.getVersion() + " (" + id + ")", null, null, true));
                }
            }
        } else {
            files.complete(reader, line, candidates);
        }
    }

    private static Candidate candidate(Completion completion) {
        return new Candidate(completion.value(), completion.value(), null,
                completion.description().isEmpty() ? null : completion.description(), null, null, completion.whole());
    }
}
