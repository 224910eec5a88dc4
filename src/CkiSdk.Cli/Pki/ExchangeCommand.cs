using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.SecureExchange;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Exchange;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki exchange</c>: two processes check each other's certificate, send each other a key, and then messages.</summary>
internal static class ExchangeCommand
{
    private const string Example = "cki pki exchange --listen 127.0.0.1:8830 --key alice.key --cert alice.pem --trust ca.pem --peer CN=Bob";

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the peer's messages go, one line each.</param>
    /// <param name="error">Where messages of the program go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var listen = new Option<string?>("--listen") { Description = "Wait for the peer here; port 0 takes a free one, which is printed to the standard error.", HelpName = "ADDRESS:PORT" };
        var connect = new Option<string?>("--connect") { Description = "Connect to the peer, who waits there.", HelpName = "HOST:PORT" };
        var certificate = new Option<string?>("--cert") { Description = "The own certificate, which signs and receives keys; more certificates in the file are sent along. Default: the one beside the key in the token.", HelpName = "FILE" };
        var peer = new Option<string>("--peer") { Description = "The subject that the peer's certificate must have.", HelpName = "DN", Required = true };
        var verb = new PkiVerb("exchange", "Exchanges messages with a peer: certificates are checked, then keys are sent, then each line of the standard input is a message.", Example)
        {
            listen, connect, certificate, peer,
        };
        var key = new KeyOptions().AddTo(verb);
        var trust = new TrustOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var access = await key.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            var certificates = await access.CertificatesAsync(parsed.GetValue(certificate), key.Place(parsed), cancellationToken).ConfigureAwait(false);
            using var signing = await access.OpenSigningKeyAsync(key.Place(parsed), cancellationToken).ConfigureAwait(false);
            using var opening = await access.OpenRecipientAsync(key.Place(parsed), certificates[0], cancellationToken).ConfigureAwait(false);
            var decision = await trust.ReadAsync(parsed, cancellationToken).ConfigureAwait(false)
                ?? throw CommandException.Usage("--trust is missing: name the certificates at which trust begins.");
            var identity = new ExchangeIdentity { Certificate = certificates[0], Authorities = certificates[1..], SigningKey = signing, EnvelopeKey = opening.Key };
            var expected = decision.PeerNamed(PkiOptions.Name(parsed.GetValue(peer)!));
            var role = parsed.GetValue(connect) is null ? ExchangeRole.Responder : ExchangeRole.Initiator;
            await using var stream = await ExchangeConnection.OpenAsync(parsed.GetValue(listen), parsed.GetValue(connect), error, cancellationToken).ConfigureAwait(false);
            var frames = new ExchangeFrames(stream);
            using var channel = await AgreeAsync(frames, new ExchangeOffer(identity, expected, role, CryptoProviders.Software), error, cancellationToken).ConfigureAwait(false);
            return await TalkAsync(frames, channel, expected, PkiVerb.IsJson(parsed) ? null : output, cancellationToken).ConfigureAwait(false);
        });
    }

    private static async Task<ExchangeChannel> AgreeAsync(ExchangeFrames frames, ExchangeOffer offer, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await frames.WriteAsync(offer.Hello, cancellationToken).ConfigureAwait(false);
            using var keying = await offer.AcceptAsync(await frames.ReadAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            await frames.WriteAsync(keying.KeyMessage, cancellationToken).ConfigureAwait(false);
            var channel = await keying.AcceptAsync(await frames.ReadAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            await error.WriteLineAsync($"cki: talking with {Failures.OneLine(keying.Peer.Subject.ToString())}").ConfigureAwait(false);
            return channel;
        }
        catch (ExchangeRefusedException exception)
        {
            throw new CommandException(ExitCodes.NotTrusted, exception.Message, exception);
        }
    }

    private static async Task<PkiResult> TalkAsync(ExchangeFrames frames, ExchangeChannel channel, ExchangePeer peer, TextWriter? output, CancellationToken cancellationToken)
    {
        var received = new JsonArray();
        using var input = new StreamReader(Console.OpenStandardInput());
        await new ExchangeTalk(frames, channel).RunAsync(input, TakeAsync, cancellationToken).ConfigureAwait(false);
        return new PkiResult(new JsonObject { ["peer"] = peer.Subject.ToString(), ["sent"] = channel.Sent - 1, ["received"] = channel.Received - 1, ["messages"] = received }, "");

        async Task TakeAsync(string line)
        {
            if (output is null)
            {
                received.Add((JsonNode)line);
                return;
            }

            await output.WriteLineAsync(line).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
