using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Relays;

public sealed class RelayOrderTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_order_is_written_at_once_and_relays_of_one_group_share()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string[] ids = [await AddAsync(client, "a"), await AddAsync(client, "b"), await AddAsync(client, "c")];

        JsonElement order = await client.PutAsync("/relays/order", Body([ids[2]], [ids[1], ids[0]]), HttpStatusCode.OK);

        Assert.Equal("c:10|a:20,b:20", Text(order));
        Assert.Equal("c:10|a:20,b:20", Text(await client.GetAsync("/relays/order", HttpStatusCode.OK)));
        JsonElement moved = await client.GetAsync($"/relays/{ids[2]}", HttpStatusCode.OK);
        Assert.Equal((10, 2), (moved.GetProperty("priority").GetInt32(), moved.GetProperty("revision").GetInt32()));
        JsonElement line = (await client.GetAsync("/audit-log?action=relay.order", HttpStatusCode.OK)).GetProperty("data")[0];
        Assert.Equal("done", line.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task The_same_order_again_changes_nothing()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string[] ids = [await AddAsync(client, "a"), await AddAsync(client, "b")];

        for (int i = 0; i < 2; i++) await client.PutAsync("/relays/order", Body([ids[0]], [ids[1]]), HttpStatusCode.OK);

        Assert.Equal(2, (await client.GetAsync($"/relays/{ids[0]}", HttpStatusCode.OK)).GetProperty("revision").GetInt32());
    }

    [Theory]
    [InlineData("", 400, "JSON")]
    [InlineData("{}", 422, "order")]
    [InlineData("""{"order":"a"}""", 422, "order")]
    [InlineData("""{"order":[]}""", 409, "order")]
    [InlineData("""{"order":[[]]}""", 422, "order.0")]
    [InlineData("""{"order":[null]}""", 422, "order.0")]
    [InlineData("""{"order":[["no-id"]]}""", 422, "order.0.0")]
    [InlineData("""{"order":[[null]]}""", 422, "order.0.0")]
    [InlineData("""{"order":[["A","A"]]}""", 422, "order.0.1")]
    [InlineData("""{"order":[["A"],["FOREIGN"]]}""", 422, "order.1.0")]
    [InlineData("""{"order":[["B"]]}""", 409, "order")]
    public async Task A_wrong_order_is_refused_by_its_field_and_nothing_is_changed(string body, int status, string field)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        string a = await AddAsync(client, "a"), b = await AddAsync(client, "b"), foreign = await AddAsync(other, "c");

        JsonElement refusal = await client.PutAsync("/relays/order", body.Replace("\"A\"", $"\"{a}\"", StringComparison.Ordinal).Replace("\"B\"", $"\"{b}\"", StringComparison.Ordinal).Replace("FOREIGN", foreign, StringComparison.Ordinal), (HttpStatusCode)status);

        Assert.Contains(status == 400 ? field : $"`{field}`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("a:100,b:100", Text(await client.GetAsync("/relays/order", HttpStatusCode.OK)));
        Assert.Equal("c:100", Text(await other.GetAsync("/relays/order", HttpStatusCode.OK)));
    }

    private static string Body(params string[][] groups) => JsonSerializer.Serialize(new { order = groups });

    private static string Text(JsonElement order) => string.Join('|', order.GetProperty("data").EnumerateArray().Select(group =>
        string.Join(',', group.EnumerateArray().Select(relay => $"{relay.GetProperty("name").GetString()}:{relay.GetProperty("priority").GetInt32()}"))));

    private static async Task<string> AddAsync(HttpClient client, string name) =>
        (await client.PostAsync("/relays", JsonSerializer.Serialize(new { name, kind = "capture" }), HttpStatusCode.Created)).GetProperty("id").GetString()!;
}
