using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Accounts;

/// <summary>Neither an answer nor its time tells which addresses have an account.</summary>
public sealed class EnumerationTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const string Nobody = "nobody@example.com";

    [Theory]
    [InlineData("/auth/sign-in", """{"email":"*","password":"a wrong password"}""")]
    [InlineData("/auth/password-reset/request", """{"email":"*"}""")]
    [InlineData("/auth/password-reset/confirm", """{"email":"*","code":"000000","new_password":"a long new secret"}""")]
    [InlineData("/auth/password-reset/confirm", """{"email":"*","code":"000000","new_password":"short"}""")]
    [InlineData("/members/invitations", """{"email":"*","role":"viewer"}""")]
    public async Task Known_and_unknown_addresses_get_the_same_answer(string path, string body)
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient stranger = scene.NewBrowser(), other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        HttpClient client = path == "/members/invitations" ? other : stranger; // of another project, where the person is no member
        List<string> answers = [];
        foreach (string email in (string[])[ApiFixture.AdminEmail, Nobody])
        {
            using HttpResponseMessage answer = await client.PostAsync(new Uri(path, UriKind.Relative), ApiFixture.Json(body.Replace("*", email, StringComparison.Ordinal)), TestContext.Current.CancellationToken);
            string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (answer.IsSuccessStatusCode && said.Contains("\"id\"", StringComparison.Ordinal)) said = string.Join(',', JsonDocument.Parse(said).RootElement.EnumerateObject().Select(field => field.Name == "status" ? $"status={field.Value}" : field.Name));
            string headers = string.Join(',', answer.Headers.Select(header => header.Key).Where(name => name != "Location").Order());
            answers.Add($"{(int)answer.StatusCode} {said} {headers}");
        }

        Assert.Equal(answers[0], answers[1]);
    }

    /// <summary>Medians of 200 samples each, taken by turns so that a busy machine is busy for both.</summary>
    [Theory, Trait("Category", "Load")]
    [InlineData("/auth/password-reset/request", """{"email":"*"}""", HttpStatusCode.Accepted)]
    [InlineData("/auth/sign-in", """{"email":"*","password":"a wrong password"}""", HttpStatusCode.Unauthorized)]
    public async Task Their_medians_differ_by_less_than_two_milliseconds(string path, string body, HttpStatusCode expected)
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres, ("Accounts:ResetsPerClient", "100000"), ("Accounts:FailuresBeforeLock", "1000"));
        using HttpClient browser = scene.NewBrowser();
        string known = body.Replace("*", ApiFixture.AdminEmail, StringComparison.Ordinal), unknown = body.Replace("*", Nobody, StringComparison.Ordinal);
        for (int i = 0; i < 4; i++) await TimeAsync(browser, path, i % 2 == 0 ? known : unknown, expected);
        List<double> ofKnown = [], ofUnknown = [];
        for (int i = 0; i < 200; i++)
        {
            if (i % 2 == 0) scene.Clock.Advance(TimeSpan.FromMinutes(6)); // past the throttle, which answers 429 to both
            bool first = i % 2 == 0;
            (first ? ofKnown : ofUnknown).Add(await TimeAsync(browser, path, first ? known : unknown, expected));
            (first ? ofUnknown : ofKnown).Add(await TimeAsync(browser, path, first ? unknown : known, expected));
        }

        double difference = Math.Abs(Median(ofKnown) - Median(ofUnknown));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: known {Median(ofKnown):0.000} ms, unknown {Median(ofUnknown):0.000} ms, difference {difference:0.000} ms"));
        Assert.InRange(difference, 0, 2);
    }

    private static async Task<double> TimeAsync(HttpClient client, string path, string body, HttpStatusCode expected)
    {
        long start = Stopwatch.GetTimestamp();
        await client.PostAsync(path, body, expected);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> samples)
    {
        samples.Sort();
        return (samples[(samples.Count - 1) / 2] + samples[samples.Count / 2]) / 2;
    }
}
