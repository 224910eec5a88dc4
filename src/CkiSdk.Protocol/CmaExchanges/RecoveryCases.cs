using System.Security.Cryptography;
using System.Text;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Names requests for recovered keys.</summary>
internal static class RecoveryCases
{
    private const int IdLength = 8;

    /// <summary>Names a case by requester and transaction, so that the same request is the same case.</summary>
    public static string IdOf(TransactionKey transaction) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{transaction.TransactionId} {transaction.Sender}")).AsSpan(0, IdLength));
}
