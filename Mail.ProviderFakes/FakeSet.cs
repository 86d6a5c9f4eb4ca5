namespace Mail.ProviderFakes;

/// <summary>Every provider that is played.</summary>
internal static class FakeSet
{
    public static IReadOnlyList<IFakeProvider> All() =>
    [
        new SendGrid.SendGridFake(), new Ses.SesFake(), new Microsoft365.Microsoft365Fake(), new Google.GoogleFake(),
    ];
}
