using System.Text.Json.Serialization;

namespace CkiSdk.Cli.Demo;

/// <summary>Is the document that <c>cki demo --json</c> prints.</summary>
/// <param name="Ok">Whether every step went well.</param>
/// <param name="Folder">The folder with everything.</param>
/// <param name="Files">The certificates and files.</param>
/// <param name="Messages">The files with the DER of each PKIMessage, in the order of their sending.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Error">What went wrong; left out where nothing did.</param>
internal sealed record DemoReport(
    bool Ok,
    string Folder,
    DemoFiles Files,
    IReadOnlyList<string> Messages,
    IReadOnlyList<DemoStep> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error)
{
    /// <summary>Makes the document of a demo that failed; its files are null, whatever it may have written.</summary>
    /// <param name="folder">The folder; empty where there is none.</param>
    /// <param name="messages">The messages that were sent.</param>
    /// <param name="steps">The steps up to the failed one.</param>
    /// <param name="error">What went wrong.</param>
    public static DemoReport Failed(string folder, IReadOnlyList<string> messages, IReadOnlyList<DemoStep> steps, string error) =>
        new(false, folder, new DemoFiles(), messages, steps, error);
}

/// <summary>Names the files that the demo leaves behind; each is null until it is written.</summary>
internal sealed record DemoFiles
{
    /// <summary>Gets or sets the certificate of CMA A, with that of the TLCMA behind it where there is one, as PEM.</summary>
    public string? CmaCertificate { get; set; }

    /// <summary>Gets or sets A1's send certificate as PEM.</summary>
    public string? SendCertificate { get; set; }

    /// <summary>Gets or sets B1's receive certificate, made by CMA A, as PEM.</summary>
    public string? ReceiveCertificate { get; set; }

    /// <summary>Gets or sets the message from A1 to B1, sealed: CMS.</summary>
    public string? SealedMessage { get; set; }

    /// <summary>Gets or sets what B1 read.</summary>
    public string? OpenedMessage { get; set; }

    /// <summary>Gets or sets the CRL of CMA A after the revocation of B1, as PEM.</summary>
    public string? Crl { get; set; }
}

/// <summary>Is one step of the demo.</summary>
/// <param name="Paragraph">The paragraph of Annex C, such as <c>C.10</c>.</param>
/// <param name="Text">What was done.</param>
/// <param name="Ok">Whether it went well.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record DemoStep(string Paragraph, string Text, bool Ok, double Milliseconds);

/// <summary>Writes the document without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoReport))]
internal sealed partial class DemoJson : JsonSerializerContext;
