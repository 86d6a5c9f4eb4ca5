using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Mail.Tests.Hosting.Local;

public sealed class ModelTests
{
    [Theory, InlineData("1st"), InlineData("a_b"), InlineData("a--b"), InlineData("a-"), InlineData("é"), InlineData(""), InlineData("has space")]
    public async Task A_resource_name_follows_Aspires_rule(string name)
    {
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();

        Assert.ThrowsAny<ArgumentException>(() => builder.AddMailPit(name));
    }

    [Fact]
    public async Task Two_resources_cannot_share_a_name_even_in_another_case()
    {
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        builder.AddMailPit("inbox");

        DistributedApplicationException problem = Assert.Throws<DistributedApplicationException>(() => builder.AddRedis("Inbox"));

        Assert.Contains("Inbox", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_waits_is_refused_before_anything_starts()
    {
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        IResourceBuilder<MailPitContainerResource> first = builder.AddMailPit("first");
        IResourceBuilder<MailPitContainerResource> second = builder.AddMailPit("second").WaitFor(first);
        first.WaitFor(second);
        await using DistributedApplication app = await builder.BuildAsync();

        DistributedApplicationException problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync());

        Assert.Contains("waits for itself", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_to_start_is_refused_with_the_known_ones()
    {
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create("--Local:Only=inbix");
        builder.AddMailPit("inbox");
        await using DistributedApplication app = await builder.BuildAsync();

        DistributedApplicationException problem = await Assert.ThrowsAnyAsync<DistributedApplicationException>(() => app.StartAsync());

        Assert.Contains("inbox", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publish_target_is_not_part_of_a_run()
    {
        await using IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>(["--Mail:PublishTarget=kubernetes"]);

        Assert.DoesNotContain(builder.Resources, resource => resource is IComputeEnvironmentResource);
    }

    [Fact]
    public async Task The_AppHost_names_the_system_in_the_order_of_its_start()
    {
        await using IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>();

        Assert.Equal(["postgres", "maildb", "cache", "mailpit", "api", "worker", "web"],
            builder.Resources.Where(resource => resource is not ParameterResource).Select(resource => resource.Name));
        Assert.Equal(2, builder.Resources.Single(resource => resource.Name == "worker").GetReplicaCount());
    }
}
