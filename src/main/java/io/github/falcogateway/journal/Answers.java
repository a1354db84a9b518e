package io.github.falcogateway.journal;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers of one commit, told to each event loop in one go: a task per answer costs more than the answer. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final IdentityHashMap<Context, List<Runnable>> byLoop = new IdentityHashMap<>();
    private final List<Runnable> here = new ArrayList<>();

    void add(@Nullable Context context, Runnable answer) {
        if (context == null) {
            here.add(answer);
        } else {
            byLoop.computeIfAbsent(root(context), loop -> new ArrayList<>()).add(answer);
        }
    }

    /** Each of them, also where an earlier one fails: behind it is another sender. */
    void tell() {
        byLoop.forEach((loop, answers) -> loop.runOnContext(now -> answers.forEach(Answers::give)));
        here.forEach(Answers::give);
    }

    private static void give(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException mistake) {
            LOG.error("journal: an answer could not be given", mistake);
        }
    }

    private static Context root(Context context) {
        return context instanceof ContextInternal internal ? internal.unwrap() : context;
    }
}
