package io.github.falcogateway.filter;

import java.util.List;

/** What a check does with its field. */
enum Operator {
    EXISTS("exists", Kind.UNARY),
    LE("<=", Kind.ORDER),
    LT("<", Kind.ORDER),
    GE(">=", Kind.ORDER),
    GT(">", Kind.ORDER),
    EQ("==", Kind.EQUALITY),
    EQ_SHORT("=", Kind.EQUALITY),
    NE("!=", Kind.EQUALITY),
    GLOB("glob", Kind.WORD),
    IGLOB("iglob", Kind.WORD),
    CONTAINS("contains", Kind.WORD),
    ICONTAINS("icontains", Kind.WORD),
    BCONTAINS("bcontains", Kind.WORD),
    STARTSWITH("startswith", Kind.WORD),
    BSTARTSWITH("bstartswith", Kind.WORD),
    ENDSWITH("endswith", Kind.WORD),
    REGEX("regex", Kind.WORD),
    INTERSECTS("intersects", Kind.LIST),
    IN("in", Kind.LIST),
    PMATCH("pmatch", Kind.LIST);

    /** What may stand on an operator's right. */
    enum Kind {
        UNARY,
        ORDER,
        EQUALITY,
        WORD,
        LIST
    }

    /** In the order in which they are tried. */
    static final List<Operator> ALL = List.of(values());

    private final String token;
    private final Kind kind;

    Operator(String token, Kind kind) {
        this.token = token;
        this.kind = kind;
    }

    String token() {
        return token;
    }

    Kind kind() {
        return kind;
    }
}
