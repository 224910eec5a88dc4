namespace CkiSdk.Crypto.Software;

/// <summary>Agrees in a finite-field group with an exponent in memory.</summary>
public sealed class SoftwareDhKey : IDhKey
{
    private readonly IDiffieHellman _arithmetic;
    private readonly Secret _exponent;

    internal SoftwareDhKey(IDiffieHellman arithmetic, DhGroup group, Secret exponent)
    {
        _arithmetic = arithmetic;
        Group = group;
        PublicValue = arithmetic.PublicValue(group, exponent);
        _exponent = exponent.Copy();
    }

    /// <inheritdoc/>
    public KeyLocation Location => KeyLocation.Software;

    /// <inheritdoc/>
    public DhGroup Group { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicValue { get; }

    /// <inheritdoc/>
    public ValueTask<Secret> AgreeAsync(ReadOnlyMemory<byte> peerPublicValue, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_arithmetic.Agree(Group, _exponent, peerPublicValue.Span));
    }

    /// <summary>Exports the private exponent x, big-endian.</summary>
    /// <returns>A copy, owned by the caller.</returns>
    public Secret ExportExponent() => _exponent.Copy();

    /// <inheritdoc/>
    public void Dispose() => _exponent.Dispose();
}
