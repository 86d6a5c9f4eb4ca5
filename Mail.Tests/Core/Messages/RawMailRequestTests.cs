using System.Buffers;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Protocol.Mime;

namespace Mail.Tests.Core.Messages;

public sealed class RawMailRequestTests
{
    [Fact]
    public void The_topic_of_a_mail_that_came_by_SMTP_is_asked_for_in_the_suppression_list_too()
    {
        byte[] mail = Encoding.ASCII.GetBytes("From: a@example.com\r\nTo: b@example.net\r\nX-Mail-Topic: offers\r\nX-Mail-Lane: normal\r\nSubject: S\r\n\r\nText\r\n");

        Result<RawMailRequest> read = RawMailRequest.Of(new ReadOnlySequence<byte>(mail), [EmailAddress.Parse("b@example.net")]);

        Assert.Equal(("offers", "normal"), (read.Value.Request.TopicId, read.Value.Request.Lane));
    }
}
