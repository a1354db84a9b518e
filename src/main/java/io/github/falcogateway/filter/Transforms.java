package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What transformers make of values; absent in, absent out. */
final class Transforms {

    private Transforms() {}

    static Fields.Reader reader(Operand operand) {
        if (operand instanceof Operand.Field field) {
            return Fields.reader(field.name());
        }
        if (operand instanceof Operand.Literal literal) {
            FieldValue text = new FieldValue.Text(literal.text());
            return event -> text;
        }
        if (operand instanceof Operand.Transform transform) {
            return transform(transform);
        }
        throw new FilterException(operand.at(), "a list cannot stand here");
    }

    private static Fields.Reader transform(Operand.Transform transform) {
        List<Operand> arguments = transform.arguments();
        return switch (transform.function()) {
            case "val" -> reader(only(transform));
            case "tolower" -> texts(transform, text -> text.toLowerCase(Locale.ROOT));
            case "toupper" -> texts(transform, text -> text.toUpperCase(Locale.ROOT));
            case "basename" -> texts(transform, text -> text.substring(text.lastIndexOf('/') + 1));
            case "b64" -> texts(transform, Transforms::decoded);
            case "len" -> length(reader(only(transform)));
            case "join" -> {
                expect(transform, 2);
                yield joined(reader(arguments.get(0)), items(arguments.get(1)));
            }
            case "concat" -> {
                Fields.Reader nothing = event -> new FieldValue.Text("");
                List<Fields.Reader> parts = arguments.size() == 1
                        ? items(arguments.get(0))
                        : arguments.stream().map(Transforms::reader).toList();
                yield joined(nothing, parts);
            }
            default -> {
                expect(transform, 2);
                yield Options.reader(transform);
            }
        };
    }

    private static Operand only(Operand.Transform transform) {
        expect(transform, 1);
        return transform.arguments().get(0);
    }

    private static void expect(Operand.Transform transform, int arguments) {
        if (transform.arguments().size() != arguments) {
            throw new FilterException(
                    transform.at(),
                    transform.function() + "() takes " + arguments + " argument" + (arguments == 1 ? "" : "s")
                            + ", not " + transform.arguments().size());
        }
    }

    private static List<Fields.Reader> items(Operand operand) {
        if (operand instanceof Operand.Items items) {
            return items.items().stream().map(Transforms::reader).toList();
        }
        return List.of(reader(operand));
    }

    private static Fields.Reader texts(Operand.Transform transform, Function<String, @Nullable String> change) {
        Fields.Reader inner = reader(only(transform));
        return event -> {
            FieldValue value = inner.read(event);
            if (value == null) {
                return null;
            }
            if (value instanceof FieldValue.Array array) {
                List<FieldValue> changed = new ArrayList<>();
                for (FieldValue item : array.items()) {
                    String text = change.apply(item.text());
                    if (text != null) {
                        changed.add(new FieldValue.Text(text));
                    }
                }
                return new FieldValue.Array(changed);
            }
            String text = change.apply(value.text());
            return text == null ? null : new FieldValue.Text(text);
        };
    }

    private static @Nullable String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static Fields.Reader length(Fields.Reader inner) {
        return event -> {
            FieldValue value = inner.read(event);
            if (value == null) {
                return null;
            }
            int length = value instanceof FieldValue.Array array
                    ? array.items().size()
                    : value.text().length();
            return new FieldValue.Num(Integer.toString(length));
        };
    }

    private static Fields.Reader joined(Fields.Reader separator, List<Fields.Reader> parts) {
        return event -> {
            FieldValue between = separator.read(event);
            List<String> texts = new ArrayList<>();
            for (Fields.Reader part : parts) {
                if (!collect(part, event, texts)) {
                    return null;
                }
            }
            return between == null ? null : new FieldValue.Text(String.join(between.text(), texts));
        };
    }

    private static boolean collect(Fields.Reader part, FalcoEvent event, List<String> texts) {
        FieldValue value = part.read(event);
        if (value instanceof FieldValue.Array array) {
            array.items().forEach(item -> texts.add(item.text()));
        } else if (value != null) {
            texts.add(value.text());
        }
        return value != null;
    }
}
