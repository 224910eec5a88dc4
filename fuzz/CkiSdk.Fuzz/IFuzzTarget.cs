namespace CkiSdk.Fuzz;

/// <summary>Takes any input and holds one part of the product to its laws.</summary>
internal interface IFuzzTarget
{
    /// <summary>Gets the name, which is also the name of the folder in fuzz/corpus.</summary>
    string Name { get; }

    /// <summary>Gets pieces that mean something to the target; mutations insert them.</summary>
    IReadOnlyList<byte[]> Tokens => [];

    /// <summary>Gets inputs that the target makes itself, beside those of fuzz/corpus.</summary>
    IEnumerable<byte[]> Seeds => [];

    /// <summary>Tries one input and returns whether the product accepted it.</summary>
    /// <exception cref="FuzzException">A law is broken. Any other exception is a finding as well.</exception>
    bool Try(byte[] input);
}
