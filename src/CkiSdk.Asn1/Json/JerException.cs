namespace CkiSdk.Asn1;

/// <summary>Says that a JSON text is no value of a type: what was found, and where in the text.</summary>
public sealed class JerException : FormatException
{
    /// <summary>Makes the exception; its message reads <c>path: detail</c>.</summary>
    /// <param name="path">The JSON path, such as <c>$.toBeSigned.extensions[2]</c>.</param>
    /// <param name="detail">What was found and expected.</param>
    public JerException(string path, string detail)
        : base($"{path}: {detail}") => Path = path;

    /// <summary>Makes the exception.</summary>
    /// <param name="path">The JSON path.</param>
    /// <param name="detail">What was found and expected.</param>
    /// <param name="inner">What found it.</param>
    public JerException(string path, string detail, Exception inner)
        : base($"{path}: {detail}", inner) => Path = path;

    /// <summary>Gets the JSON path.</summary>
    public string Path { get; }
}
