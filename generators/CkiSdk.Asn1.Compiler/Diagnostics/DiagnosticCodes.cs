namespace CkiSdk.Asn1.Compiler.Diagnostics;

/// <summary>Lists the codes of diagnostics: 00xx lexical and syntax, 01xx names and types, 02xx imports, 03xx what is legal but doubtful.</summary>
public static class DiagnosticCodes
{
    /// <summary>A character that begins no lexical item.</summary>
    public const string BadCharacter = "CKI0001";

    /// <summary>A string or comment without its end.</summary>
    public const string Unterminated = "CKI0002";

    /// <summary>Something else was expected here.</summary>
    public const string UnexpectedToken = "CKI0003";

    /// <summary>A construct that is read but not compiled, such as a macro definition.</summary>
    public const string Skipped = "CKI0004";

    /// <summary>Nesting deeper than the compiler follows.</summary>
    public const string TooDeep = "CKI0005";

    /// <summary>A reference without a definition.</summary>
    public const string UndefinedReference = "CKI0101";

    /// <summary>A name that is given two meanings.</summary>
    public const string DuplicateName = "CKI0102";

    /// <summary>A reference to something of another kind.</summary>
    public const string WrongKind = "CKI0103";

    /// <summary>A type that contains itself without an end.</summary>
    public const string EndlessType = "CKI0104";

    /// <summary>Components whose tags a decoder could not tell apart.</summary>
    public const string AmbiguousTags = "CKI0105";

    /// <summary>A value that does not fit its type.</summary>
    public const string WrongValue = "CKI0106";

    /// <summary>A construct that this version does not compile.</summary>
    public const string Unsupported = "CKI0107";

    /// <summary>A parameterised reference with the wrong number of parameters.</summary>
    public const string WrongParameters = "CKI0108";

    /// <summary>Two objects of a set with the same value in a field that is UNIQUE.</summary>
    public const string DuplicateUnique = "CKI0109";

    /// <summary>An at-notation that names no component.</summary>
    public const string UnknownRelation = "CKI0110";

    /// <summary>A constraint that its type cannot have, or that contradicts itself.</summary>
    public const string WrongConstraint = "CKI0120";

    /// <summary>A value that the constraints of its type do not permit.</summary>
    public const string ConstraintViolated = "CKI0121";

    /// <summary>A relaxation that there is not, or that its place cannot have.</summary>
    public const string WrongRelaxation = "CKI0122";

    /// <summary>An extension marker, addition or version brackets in a place or order that is not allowed.</summary>
    public const string WrongExtension = "CKI0130";

    /// <summary>A tag that the type behind it cannot have.</summary>
    public const string WrongTag = "CKI0131";

    /// <summary>An import from a module that is not there.</summary>
    public const string UnresolvedImport = "CKI0201";

    /// <summary>An import of a name that the module does not define.</summary>
    public const string UnknownSymbol = "CKI0202";

    /// <summary>Two modules with the same name.</summary>
    public const string DuplicateModule = "CKI0203";

    /// <summary>Two versions of a module, with different object identifiers.</summary>
    public const string TwoVersions = "CKI0301";

    /// <summary>An import that nothing uses.</summary>
    public const string UnusedImport = "CKI0302";

    /// <summary>Tags that are allowed or common, but easily misread.</summary>
    public const string DoubtfulTag = "CKI0304";

    /// <summary>A value that is read in another way than the standard has it, or that has no encoding.</summary>
    public const string DoubtfulValue = "CKI0305";

    /// <summary>Notation that the standard has not, but published modules have.</summary>
    public const string DoubtfulNotation = "CKI0306";

    /// <summary>A type that no value ends, because each contains another one.</summary>
    public const string NoValue = "CKI0307";

    /// <summary>A name that hides another one.</summary>
    public const string Shadowed = "CKI0303";

    /// <summary>A module of the project that a referenced assembly has, too.</summary>
    public const string ModuleInReference = "CKI0204";

    /// <summary>A type written in C# that is not of a form that the attribute asks for.</summary>
    public const string CodeForm = "CKI0401";

    /// <summary>A property whose type has no counterpart in ASN.1.</summary>
    public const string CodeUnsupportedType = "CKI0402";

    /// <summary>An attribute that does not fit its property, or a number that is used twice.</summary>
    public const string CodeAttribute = "CKI0403";

    /// <summary>A name that cannot be one in ASN.1.</summary>
    public const string CodeName = "CKI0404";
}
