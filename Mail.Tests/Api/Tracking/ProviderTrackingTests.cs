using System.Net;
using System.Text.Json;
using Mail.Tests.Api.Feedback.Providers;

namespace Mail.Tests.Api.Tracking;

/// <summary>Providers that track by themselves and tell us: the same rules as for our own links.</summary>
public sealed class ProviderTrackingTests(ProviderApi api) : IClassFixture<ProviderApi>
{
    private const string Bob = "bob@example.net";

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task What_a_provider_tells_of_a_reader_has_our_form_and_nothing_of_their_machine(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);

        await scene.TellAsync(Happening.Clicked, id, Bob);

        JsonElement hit = (await scene.Client.HitsAsync(id)).Single(), detail = hit.GetProperty("detail");
        Assert.Equal("email.clicked", hit.GetProperty("type").GetString());
        Assert.True(detail.GetProperty("machine").ValueKind is JsonValueKind.True or JsonValueKind.False);
        Assert.StartsWith("https://shop.example.com/", detail.GetProperty("click").GetProperty("link").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Mozilla", detail.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.1", detail.GetRawText(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task Nothing_of_somebody_who_objects_is_recorded_whoever_tells_it(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);
        await scene.Client.PostAsync("/tracking/objections", $$"""{"email":"{{Bob}}"}""", HttpStatusCode.Created);

        await scene.TellAsync(Happening.Clicked, id, Bob);

        Assert.Empty(await scene.Client.HitsAsync(id));
    }
}
