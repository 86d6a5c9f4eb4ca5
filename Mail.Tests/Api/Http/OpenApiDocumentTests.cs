using Mail.Api.Http;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Http;

/// <summary>docs/openapi.json is the API as it is: the console's types and its reference are made from it.</summary>
public sealed class OpenApiDocumentTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_committed_document_is_that_of_the_api()
    {
        string[] actual = (await OpenApiCommand.TextAsync(api.Services, TestContext.Current.CancellationToken)).Split('\n');
        string[] committed = (await File.ReadAllTextAsync(Repository.Path("docs", "openapi.json"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").Split('\n');

        int at = Enumerable.Range(0, Math.Max(actual.Length, committed.Length)).FirstOrDefault(line => actual.ElementAtOrDefault(line) != committed.ElementAtOrDefault(line), -1);
        Assert.True(at < 0, $"""
            docs/openapi.json is not the API as it is (line {at + 1} is `{committed.ElementAtOrDefault(at)}`, the API says `{actual.ElementAtOrDefault(at)}`). Renew it, and the console's types:
                dotnet run --project Mail.Api -- openapi ../docs/openapi.json
                npm --prefix Mail.Web/ClientApp run types
            """);
    }
}
