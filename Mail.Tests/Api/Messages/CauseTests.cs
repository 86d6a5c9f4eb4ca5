using System.Net;
using System.Text.Json;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Messages;

/// <summary>What a sender is told of a recipient that waits, failed or bounced.</summary>
public sealed class CauseTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Cause_and_remedy_come_in_the_language_asked_for_beside_the_servers_words()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        FakeRelay relay = new() { Reply = (_, _) => new RelayReply(RelayVerdict.Permanent, 552, "5.2.2", "5.2.2 user is over quota") };
        string id = (await client.PostAsync("/emails", """{"from":"a@example.com","to":"full@example.net","subject":"s","text":"t"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        JsonElement waiting = await CauseAsync(client, id);
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay);
        await Eventually.TrueAsync(async () => (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("last_event").GetString() == "bounced");

        JsonElement english = await CauseAsync(client, id);
        JsonElement told = (await client.GetAsync($"/emails/{id}/events", HttpStatusCode.OK)).GetProperty("data")[1];
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de, fr-CA;q=0.9, en;q=0.5");
        JsonElement french = await CauseAsync(client, id);

        Assert.Equal("waiting_for_worker", waiting.GetProperty("code").GetString());
        Assert.Equal(("mailbox_full", "The mailbox is full."), (english.GetProperty("code").GetString(), english.GetProperty("title").GetString()));
        Assert.NotEqual("", english.GetProperty("remedy").GetString());
        Assert.Equal(("mailbox_full", "La boîte est pleine."), (french.GetProperty("code").GetString(), french.GetProperty("title").GetString()));
        Assert.Equal("mailbox_full", told.GetProperty("cause").GetProperty("code").GetString());
        Assert.Equal(1, await api.CountAsync($"finished_deliveries WHERE message_id = '{id}' AND cause = 'mailbox_full'"));
    }

    private static async Task<JsonElement> CauseAsync(HttpClient client, string id) =>
        (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("recipients")[0].GetProperty("cause");
}
