using Mail.Core.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Core.Common;

public sealed class PublicUrlTests
{
    [Theory]
    [InlineData("https://mail.example.com", "Production", "https://mail.example.com/")]
    [InlineData(" https://example.com/mail/ ", "Production", "https://example.com/mail/")]
    [InlineData("http://localhost:5101", "Development", "http://localhost:5101/")]
    [InlineData(null, "Development", "http://localhost:5101/")]
    [InlineData("", "Staging", null)]
    public void The_setting_says_where_links_lead(string? setting, string environment, string? expected) => Assert.Equal(expected, Read(setting, environment).Value?.AbsoluteUri);

    [Theory]
    [InlineData("http://mail.example.com", "must begin with https")]
    [InlineData("mail.example.com", "is no address of a site")]
    [InlineData("javascript:alert(1)", "is no address of a site")]
    [InlineData("https://user:password@mail.example.com", "must have no user")]
    [InlineData("https://mail.example.com/?a=b", "must have no user")]
    [InlineData(" ", "is not set. In Production links in mails must lead somewhere")]
    public void One_that_cannot_be_used_is_refused_by_its_name(string setting, string problem)
    {
        InvalidPublicUrlException refusal = Assert.Throws<InvalidPublicUrlException>(() => Read(setting, "Production"));
        Assert.StartsWith("BASE_URL ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    private static PublicUrl Read(string? setting, string environment) =>
        PublicUrl.Read(new ConfigurationBuilder().AddInMemoryCollection([new("BASE_URL", setting)]).Build(), new Host { EnvironmentName = environment });

    private sealed class Host : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
