using System.Text.Json.Serialization;

namespace CkiSdk.Cli.Demo;

/// <summary>Is the document that <c>cki demo --json</c> prints.</summary>
/// <param name="Ok">Whether every step went well.</param>
/// <param name="Folder">The folder with everything.</param>
/// <param name="Files">The certificates.</param>
/// <param name="Messages">The files with the DER of each PKIMessage, in the order of their sending.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Error">What went wrong; left out where nothing did.</param>
internal sealed record DemoReport(
    bool Ok,
    string Folder,
    DemoCertificates Files,
    IReadOnlyList<string> Messages,
    IReadOnlyList<DemoStep> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error)
{
    /// <summary>Makes the document of a demo that failed; its certificates are null, whatever it may have written.</summary>
    /// <param name="folder">The folder; empty where there is none.</param>
    /// <param name="messages">The messages that were sent.</param>
    /// <param name="steps">The steps up to the failed one.</param>
    /// <param name="error">What went wrong.</param>
    public static DemoReport Failed(string folder, IReadOnlyList<string> messages, IReadOnlyList<DemoStep> steps, string error) =>
        new(false, folder, new DemoCertificates(null, null), messages, steps, error);
}

/// <summary>Names the certificates that the demo leaves behind, as PEM files.</summary>
/// <param name="CmaCertificate">The CMA certificate; null where the demo failed.</param>
/// <param name="SendCertificate">A1's send certificate; null where the demo failed.</param>
internal sealed record DemoCertificates(string? CmaCertificate, string? SendCertificate);

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
