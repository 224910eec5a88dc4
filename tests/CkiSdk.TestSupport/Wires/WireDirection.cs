namespace CkiSdk.TestSupport.Wires;

/// <summary>Says which way octets go through a <see cref="CuttingProxy"/>.</summary>
public enum WireDirection
{
    /// <summary>From whoever connected.</summary>
    ToServer,

    /// <summary>To whoever connected.</summary>
    ToClient,
}
