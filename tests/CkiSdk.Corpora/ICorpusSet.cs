namespace CkiSdk.Corpora;

/// <summary>Is one set of a corpus: inputs with verdicts that ours are compared with.</summary>
internal interface ICorpusSet
{
    /// <summary>Gets the name, which is the set's folder inside the corpora.</summary>
    string Name { get; }

    /// <summary>Compares every input of the set.</summary>
    IEnumerable<Outcome> Compare(string folder);
}
