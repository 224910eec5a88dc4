namespace CkiSdk.Web.Changes;

/// <summary>Says why something was not done.</summary>
/// <param name="Status">The state of the HTTP answer.</param>
/// <param name="Words">Why.</param>
internal sealed record Refusal(int Status, string Words);
