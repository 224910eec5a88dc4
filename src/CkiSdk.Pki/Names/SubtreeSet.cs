using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Names;

/// <summary>Holds the permitted or the excluded subtrees of one certificate, by the form of their bases.</summary>
internal sealed class SubtreeSet
{
    private readonly Dictionary<NameForm, List<Subtree?>> _bases = [];

    /// <summary>Makes the set; returns why it is refused, or null. A form that is not understood refuses only the names of that form.</summary>
    public static string? TryMake(GeneralSubtrees? subtrees, out SubtreeSet? set)
    {
        set = null;
        if (subtrees is not { } list)
            return null;
        set = new SubtreeSet();
        foreach (var subtree in list)
        {
            if (subtree.Minimum.Value != 0 || subtree.Maximum is not null)
                return "a subtree has a minimum or a maximum";
            var form = Subtree.FormOf(subtree.Base);
            var root = Subtree.Read(subtree.Base);
            if (root is null && form is NameForm.Host or NameForm.Mailbox or NameForm.Uri or NameForm.Address)
                return $"the base of a subtree is malformed: {SubjectName.Of(subtree.Base)}";
            if (!set._bases.TryGetValue(form, out var bases))
                set._bases[form] = bases = [];
            bases.Add(root);
        }

        return null;
    }

    /// <summary>Counts the subtrees of a form.</summary>
    public int CountOf(NameForm form) => _bases.TryGetValue(form, out var bases) ? bases.Count : 0;

    /// <summary>Tells whether a name lies in one of the subtrees of its form, all that it stands for.</summary>
    public bool Permits(SubjectName name) => _bases[name.Form].Exists(subtree => subtree is not null && subtree.Contains(name));

    /// <summary>Tells whether anything that a name stands for lies in one of the subtrees of its form; of a form not understood, everything does.</summary>
    public bool Excludes(SubjectName name) => _bases[name.Form].Exists(subtree => subtree is null || subtree.Touches(name));
}
