using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Messages;

/// <summary>Says why a request is refused: a bit for programs, and for people the field, its value, the paragraph and what to do next.</summary>
/// <param name="Failure">The failure bit (CKI Part 2 ¶23).</param>
/// <param name="Field">The field of the request.</param>
/// <param name="Value">Its value, or what is missing; never a secret.</param>
/// <param name="Paragraph">The paragraph of Part 2, or the section of the profile.</param>
/// <param name="NextStep">What the requester can do.</param>
public sealed record Rejection(PKIFailureInfo Failure, string Field, string Value, string Paragraph, string NextStep)
{
    // Names may be long; the paragraph after the value must still have its place in freeText.
    private const int MostCharactersOfValue = 600;

    /// <summary>Gets the value as it is shown and kept: what is long, such as a name that a stranger chose, is cut.</summary>
    internal string ShownValue => Cut(Value);

    /// <summary>Returns the sentence that goes into freeText.</summary>
    public override string ToString() => $"{Field}: {ShownValue} ({Paragraph}). {NextStep}";

    /// <summary>Cuts a text that others have chosen.</summary>
    internal static string Cut(string text) => text.Length > MostCharactersOfValue ? text[..MostCharactersOfValue] + "..." : text;
}
