/** A module of Terraform with something of everything that policies stand in. */
export const MODULE = `# The role and its policies.
locals {
  bucket = "example" // a name
  more   = ["s3:ListBucket"]
}

/* A trust
   policy. */
resource "aws_iam_role" "reader" {
  name = "reader-\${var.stage}"
  tags = { team = "a", "cost" : 1.5e3, on = true, off = null }

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  dynamic "inline_policy" {
    for_each = var.policies
    content {
      name   = inline_policy.key
      policy = inline_policy.value
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid       = "Read"
    actions   = concat(["s3:GetObject"], local.more)
    resources = ["arn:aws:s3:::\${local.bucket}/&{aws:username}/*", "\${aws_s3_bucket.b.arn}"]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = ["vpc-1"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = [var.org]
    }
  }

  statement {
    effect      = "Deny"
    not_actions = ["iam:*"]
    resources   = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["123456789012"]
    }
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "read" {
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_sqs_queue" "queue" {
  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": "*",
          "Action": "sqs:SendMessage",
          "Resource": "\${self.arn}",
          "Condition": {"StringEquals": {"aws:PrincipalTag/a": "$\${aws:PrincipalTag/b}"}}
        }
      ]
    }
  POLICY
}

resource "aws_sns_topic" "topic" {
  policy = "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}"
  name   = var.long ? "a%{if var.x}b%{endif}" : join("-", [for each in var.parts : lower(each)])
}
`;
