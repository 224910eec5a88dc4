using CkiSdk.Protocol.Server;
using Microsoft.Extensions.Logging;

namespace CkiSdk;

/// <summary>Warns of CRLs that nobody gets; for whoever keeps a CMA running.</summary>
public static partial class LargeLists
{
    /// <summary>Writes a warning for each CRL of a CMA that is too large to be announced.</summary>
    /// <param name="administration">The CMA's administration.</param>
    /// <param name="logger">Where the warnings go.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask WarnAsync(CmaAdministration administration, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(administration);
        ArgumentNullException.ThrowIfNull(logger);
        foreach (var list in await administration.ListLargeCrlsAsync(cancellationToken).ConfigureAwait(false))
        {
            Log(logger, list.Number, list.Encoded.Length);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The CRL {Number} has {Octets} octets: it goes into no message and is sent to nobody, so that users cannot seal or open once they need a new one")]
    private static partial void Log(ILogger logger, long number, int octets);
}
