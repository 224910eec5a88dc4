using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Server;

/// <summary>Decides the validity of a certificate and the interoperability key that it hangs on (CKI Part 2 ¶81, ¶84; profile section 1.1).</summary>
internal static class ValidityRule
{
    /// <summary>Fits the suggested validity into what the clock, the keys and the CMA certificate permit.</summary>
    /// <param name="suggestedStart">The start that the user suggests.</param>
    /// <param name="suggestedEnd">The end that he suggests, if he does.</param>
    /// <param name="now">The time.</param>
    /// <param name="keys">The keys of the domain.</param>
    /// <param name="options">Lifetimes and the CMA certificate.</param>
    public static ValidityDecision Decide(
        DateTimeOffset suggestedStart, DateTimeOffset? suggestedEnd, DateTimeOffset now, IEnumerable<StoredInteroperabilityKey> keys, CmaOptions options)
    {
        // Validity counts in whole seconds; a fraction that is cut is no change.
        var wantedStart = CutToSecond(suggestedStart);
        var wantedEnd = suggestedEnd is { } end ? CutToSecond(end) : (DateTimeOffset?)null;
        if (wantedEnd <= wantedStart)
        {
            return Refuse("suggestedValidityEnd", $"{wantedEnd:u} is not after the start {wantedStart:u}", "Suggest an end after the start.");
        }

        if (wantedEnd <= now)
        {
            return Refuse("suggestedValidityEnd", $"{wantedEnd:u} has passed", "Suggest a validity that ends in the future.");
        }

        // A start in the past would certify a time in which nobody vouched for the key.
        var start = wantedStart < now - options.ClockTolerance ? CutToSecond(now) : wantedStart;
        start = Later(start, options.Certificate.NotBefore);
        if (start >= options.Certificate.NotAfter)
        {
            return Refuse("suggestedValidityStart", $"{start:u} is after the end of the CMA certificate, {options.Certificate.NotAfter:u}", "Suggest an earlier start.");
        }

        var key = keys.Where(key => key.NotBefore <= start && start < key.NotAfter).MaxBy(key => key.NotBefore);
        if (key is null)
        {
            return new ValidityDecision.Refused(new Rejection(
                PKIFailureInfo.InteroperabilityKeyUnavailable, "suggestedValidityStart", $"no interoperability key is in effect at {start:u}", "CKI Part 2 ¶85 c", "Suggest another start or ask the operator of the CMA."));
        }

        var latest = Earlier(Earlier(key.NotAfter, options.Certificate.NotAfter), start + options.MaximumLifetime);
        var finish = Earlier(wantedEnd ?? start + options.DefaultLifetime, latest);
        return finish <= start
            ? Refuse("suggestedValidityEnd", $"{finish:u} is not after the earliest start {start:u}", "Suggest a later end.")
            : new ValidityDecision.Decided(start, finish, key, start != wantedStart || (wantedEnd is not null && finish != wantedEnd));
    }

    private static ValidityDecision.Refused Refuse(string field, string value, string nextStep) =>
        new(new Rejection(PKIFailureInfo.InvalidRequestParameters, field, value, "CKI Part 2 ¶85 b", nextStep));

    private static DateTimeOffset CutToSecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
