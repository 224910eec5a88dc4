using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the doc comments of generated types.</summary>
internal static class DocEmitter
{
    /// <summary>Writes the comment of the module, then the production and its place.</summary>
    public static void Write(SourceWriter writer, DocModel doc, string fallback)
    {
        writer.Line("/// <summary>");
        foreach (var line in Lines(doc.Comment ?? fallback))
        {
            writer.Line($"/// {Escape(line)}");
        }

        writer.Line("/// </summary>").Line("/// <remarks>").Line($"/// <para>From {Escape(doc.File)}.</para>").Line("/// <code>");
        foreach (var line in Lines(doc.Production))
        {
            writer.Line($"/// {Escape(line)}");
        }

        writer.Line("/// </code>").Line("/// </remarks>");
    }

    /// <summary>Writes a summary of one line.</summary>
    public static void Summary(SourceWriter writer, string text) =>
        writer.Line($"/// <summary>{Escape(string.Join(" ", Lines(text).Select(line => line.Trim())))}</summary>");

    private static string[] Lines(string text) => text.Replace("\r\n", "\n").Split('\n', '\r');

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").TrimEnd();
}
