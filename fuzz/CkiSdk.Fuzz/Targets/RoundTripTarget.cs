using CkiSdk.Asn1;
using CkiSdk.Fuzz.Types;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds one generated decoder, with inputs of its own that go deep, to the laws of <see cref="DecoderTarget"/>.</summary>
/// <typeparam name="T">The generated type.</typeparam>
/// <param name="name">The name of the target.</param>
internal sealed class RoundTripTarget<T>(string name) : IFuzzTarget
    where T : IDerType<T>
{
    private readonly GeneratedDecoder _type = GeneratedDecoder.Of(typeof(T), name);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool Try(byte[] input) => DecoderTarget.Holds(_type, input);
}
